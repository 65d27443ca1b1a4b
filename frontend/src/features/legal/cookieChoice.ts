const KEY = "statistics-accepted";

/** Whether this device may be counted. Nothing asks for it yet; whatever will, asks here first. */
export function acceptsStatistics(): boolean {
  return localStorage.getItem(KEY) === "yes";
}

export function chooseStatistics(isGiven: boolean): void {
  localStorage.setItem(KEY, isGiven ? "yes" : "no");
}
