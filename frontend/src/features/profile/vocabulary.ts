import type { Profile } from "../../api/types";

/** Names that are the same in every language. */
export const LANGUAGES: Record<Profile["languages"][number], string> = {
  python: "Python",
  javascript: "JavaScript",
  typescript: "TypeScript",
  java: "Java",
  csharp: "C#",
  c: "C",
  cpp: "C++",
  go: "Go",
  rust: "Rust",
  kotlin: "Kotlin",
  swift: "Swift",
  php: "PHP",
  ruby: "Ruby",
  sql: "SQL",
  shell: "Shell",
};

export const LEVELS = ["beginner", "basic", "intermediate", "advanced", "expert"] as const;
export const GOALS = ["pass_exam", "find_job", "grow_in_job", "study", "stay_sharp"] as const;
export const MAIL_KINDS = ["exams", "results", "learning", "news"] as const;
/** How much more time is usually granted; others are agreed with the academy. */
export const FACTORS = [1, 1.1, 1.25, 1.5, 2, 3];
