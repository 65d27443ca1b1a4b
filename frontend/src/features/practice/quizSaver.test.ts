import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PracticeDetail } from "../../api/practice";
import { QuizSaver, type QuizSaveState } from "./quizSaver";

const detail = { session: { id: "quiz" }, token: "token" } as PracticeDetail;
const saved = () => new Response(JSON.stringify({ saved: true, truth: null }), { status: 200 });
const refused = (status: number, code: string) =>
  new Response(JSON.stringify({ title: "No", status, code }), { status, headers: { "content-type": "application/problem+json" } });

let sent: { path: string; body: unknown }[] = [];
let answers: (() => Response | Promise<Response>)[] = [];
const onState = vi.fn<(state: QuizSaveState) => void>();
const onRefused = vi.fn<(error: unknown) => void>();
let choice = "a";

function saver(): QuizSaver {
  return new QuizSaver(detail, () => ({ answer: { choice }, seconds: 1, is_guess: false }), onState, onRefused);
}

beforeEach(() => {
  vi.useFakeTimers();
  [sent, answers, choice] = [[], [], "a"];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    sent.push({ path, body: JSON.parse(String(init.body)) });
    return (answers.shift() ?? saved)();
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

describe("answers of a quiz", () => {
  it("go to the server, the latest of each question", async () => {
    const quiz = saver();
    quiz.changed(1, "typing");
    choice = "b";
    quiz.changed(1, "typing");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toEqual([{ path: "/api/v1/sittings/quiz/answers/1/", body: { answer: { choice: "b" }, seconds: 1, is_guess: false } }]);
    expect(onState).toHaveBeenLastCalledWith("saved");
  });

  it("are sent again while the network is away", async () => {
    answers = [() => Promise.reject(new TypeError("no network")), () => refused(503, "unavailable")];
    saver().changed(2, "now");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(onState).toHaveBeenLastCalledWith("offline");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent).toHaveLength(3);
    expect(onState).toHaveBeenLastCalledWith("saved");
    expect(onRefused).not.toHaveBeenCalled();
  });

  it("say why they were refused, once", async () => {
    answers = [() => refused(409, "practice_over")];
    saver().changed(2, "now");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent).toHaveLength(1);
    expect(onRefused).toHaveBeenCalledWith(expect.objectContaining({ code: "practice_over" }));
  });

  it("are all there before the quiz is handed in", async () => {
    const quiz = saver();
    quiz.changed(1, "typing");
    quiz.changed(2, "typing");
    await quiz.flush();
    expect(sent.map((each) => each.path)).toEqual(["/api/v1/sittings/quiz/answers/1/", "/api/v1/sittings/quiz/answers/2/"]);
  });
});
