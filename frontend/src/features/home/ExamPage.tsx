export function ExamPage() { return null; }
