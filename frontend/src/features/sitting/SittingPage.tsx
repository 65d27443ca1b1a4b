export function SittingPage() { return null; }
