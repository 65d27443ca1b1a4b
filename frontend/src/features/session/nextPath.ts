/** Only a path of this site may follow sign-in; anything a browser could read as another host is refused. */
export function nextPath(wanted: string | null): string {
  if (!wanted || !/^\/(?![/\\])/.test(wanted)) return "/";
  try {
    const url = new URL(wanted, window.location.origin);
    if (url.origin !== window.location.origin || url.pathname.startsWith("//")) return "/";
    if (url.pathname === "/sign-in") return "/";
    return url.pathname + url.search + url.hash;
  } catch {
    return "/";
  }
}
