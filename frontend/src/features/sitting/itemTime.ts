/** Whole seconds of attention to the item in front of the person; none while they are away or the exam is paused. */
export class ItemTime {
  readonly #monotonic: () => number;
  #since: number;
  #isAway = false;
  #isPaused = false;

  constructor(monotonic: () => number) {
    this.#monotonic = monotonic;
    this.#since = monotonic();
  }

  restart(): void {
    this.#since = this.#monotonic();
  }

  /** The seconds since the last time; a started second is kept for the next. */
  take(): number {
    if (this.#isAway || this.#isPaused) return 0;
    const elapsed = Math.floor((this.#monotonic() - this.#since) / 1000);
    this.#since += elapsed * 1000;
    return elapsed;
  }

  /** False when nothing changed. */
  setAway(isAway: boolean): boolean {
    if (isAway === this.#isAway) return false;
    this.#isAway = isAway;
    this.restart();
    return true;
  }

  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.restart();
  }
}
