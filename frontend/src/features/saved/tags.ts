/** "due, IAM,, iam" → ["due", "IAM"]: as the server keeps them. */
export function readTags(text: string): string[] {
  const once = new Map<string, string>();
  for (const part of text.split(",")) {
    const tag = part.trim().split(/\s+/).join(" ");
    if (tag && !once.has(tag.toLowerCase())) once.set(tag.toLowerCase(), tag);
  }
  return [...once.values()];
}
