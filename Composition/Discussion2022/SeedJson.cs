using Checker.Cli.Report;

namespace Checker.Composition.Discussion2022;

/// <summary>
/// The claims as one JSON object: <c>{"finished", "claims": [{"finished", "id", "who", "when", "sentence", "verdicts", "beyond",
/// "problems", "answers": [{"protocol", "property", "claimed", the parts of the design by their keys, "bounds", "verdict", "length",
/// "expected", "proved"}]}]}</c>. "finished" is false if a question has no answer because a run was stopped or never begun.
/// </summary>
internal static class SeedJson
{
    public static void Write(TextWriter writer, IReadOnlyCollection<SeedVerdict> verdicts) => Json.Write(writer, "claims", json =>
    {
        json.WriteBoolean("finished", verdicts.All(v => v.IsFinished));
        Json.Objects(json, "claims", verdicts, verdict =>
        {
            json.WriteBoolean("finished", verdict.IsFinished);
            json.WriteString("id", verdict.Claim.Id);
            json.WriteString("who", verdict.Claim.Who);
            json.WriteString("when", verdict.Claim.When);
            json.WriteString("sentence", verdict.Claim.Sentence);
            Json.Strings(json, "verdicts", SeedText.Describe(verdict));
            json.WriteString("beyond", verdict.Claim.Beyond);
            Json.Strings(json, "problems", verdict.Problems);
            Json.Objects(json, "answers", verdict.Answers, answer =>
            {
                json.WriteString("protocol", answer.Question.Protocol);
                json.WriteString("property", answer.Question.Property);
                json.WriteBoolean("claimed", answer.Question.Claimed);
                Json.Parts(json, answer.Run.Job.Protocol, answer.Design);

                json.WriteString("bounds", answer.Run.Job.Bounds.ToString());
                json.WriteString("verdict", answer.Result.Answer.Word);
                Json.Number(json, "length", answer.Result.Trace?.Length);
                json.WriteString(
                    "expected",
                    answer.Question.Expect(answer.Design).Reason is { Length: > 0 } reason ? $"refuted: {reason}" : "as claimed");
                Json.Boolean(json, "proved", answer.CanBeProved && answer.Run.Proved is not null ? answer.IsProved : null);
            });
        });
    });
}
