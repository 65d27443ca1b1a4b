import type { Highlight } from "./notes";

const OWN = "own-mark";

/** Puts `<mark>` around the given stretches of a container's text, after taking away the ones put there before. */
export function paint(container: HTMLElement, highlights: Highlight[]): void {
  for (const mark of container.querySelectorAll(`mark.${OWN}`)) mark.replaceWith(...mark.childNodes);
  container.normalize();
  for (const { start, end } of highlights) {
    for (const { node, from, to } of piecesOf(container, start, end)) {
      const piece = node.splitText(from);
      piece.splitText(to - from);
      const mark = document.createElement("mark");
      mark.className = OWN;
      piece.replaceWith(mark);
      mark.append(piece);
    }
  }
}

/** The parts of each text node that lie within [start, end) of the container's text. */
function piecesOf(container: HTMLElement, start: number, end: number): { node: Text; from: number; to: number }[] {
  const pieces: { node: Text; from: number; to: number }[] = [];
  const walker = document.createTreeWalker(container, NodeFilter.SHOW_TEXT);
  let offset = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    const [from, to] = [Math.max(start - offset, 0), Math.min(end - offset, node.length)];
    // White space between blocks has no ink to show.
    if (from < to && node.data.slice(from, to).trim() !== "") pieces.push({ node, from, to });
    offset += node.length;
  }
  return pieces;
}

/** The selection as offsets into the container's text; null when it is empty or lies elsewhere. */
export function selectedStretch(container: HTMLElement): Highlight | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!container.contains(range.commonAncestorContainer)) return null;
  const before = document.createRange();
  before.setStart(container, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  const end = start + range.toString().length;
  return end > start ? { start, end } : null;
}

const BLOCKS = "p, li, td, th, dt, dd, blockquote, pre, figcaption, h1, h2, h3, h4, h5, h6";

/** Where each sentence begins and ends. Blocks are read one by one: nothing separates them in the text itself. */
function sentencesOf(container: HTMLElement, language: string): Highlight[] {
  const segmenter = new Intl.Segmenter(language, { granularity: "sentence" });
  const blocks = [...container.querySelectorAll(BLOCKS)].filter((block) => !block.querySelector(BLOCKS));
  return (blocks.length > 0 ? blocks : [container]).flatMap((block) => {
    const before = document.createRange();
    before.setStart(container, 0);
    before.setEnd(block, 0);
    const offset = before.toString().length;
    return [...segmenter.segment(block.textContent ?? "")]
      .map(({ index, segment }) => ({
        start: offset + index + (segment.length - segment.trimStart().length),
        end: offset + index + segment.trimEnd().length,
      }))
      .filter(({ start, end }) => end > start);
  });
}

/** Selects the sentence after or before the current selection, so that text can be marked without a mouse. */
export function selectSentence(container: HTMLElement, language: string, by: 1 | -1): void {
  const sentences = sentencesOf(container, language);
  const current = selectedStretch(container);
  const at = current ? sentences.findIndex(({ end }) => end > current.start) : by === 1 ? -1 : sentences.length;
  const wanted = sentences[Math.min(Math.max(at + by, 0), sentences.length - 1)];
  if (!wanted) return;
  const pieces = piecesOf(container, wanted.start, wanted.end);
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (!first || !last) return;
  document.getSelection()?.setBaseAndExtent(first.node, first.from, last.node, last.to);
  first.node.parentElement?.scrollIntoView({ block: "nearest" });
}
