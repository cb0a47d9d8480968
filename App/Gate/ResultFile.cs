using System.Collections.Immutable;
using System.Text.Json;

namespace Checker.App.Gate;

/// <summary>The JSON output of one shard of a command, as <c>checker merge</c> reads it.</summary>
/// <param name="Command">The command: "verify", "prove", "walk", "mutate" or "ci".</param>
/// <param name="Code">The exit code of the shard.</param>
/// <param name="Document">The whole output.</param>
public sealed record ResultFile(string Path, string Command, Shard Shard, int Code, JsonElement Document)
{
    /// <summary>The version of the schema of every JSON output.</summary>
    public const string Schema = "checker/1";

    /// <summary>The commands whose work can be divided.</summary>
    public static ImmutableArray<string> Commands { get; } = ["verify", "prove", "walk", "mutate", GateJson.Command];

    /// <summary>The runs, in their order.</summary>
    public IEnumerable<JsonElement> Runs => Document.GetProperty("runs").EnumerateArray();

    public bool IsFinished => Document.GetProperty("finished").GetBoolean();

    /// <exception cref="BadInputException">The file cannot be read, or is not the output of a shard.</exception>
    public static ResultFile Read(string path)
    {
        string text = InputFile.Read(path);
        return InputFile.Parse(path, text, comments: false, root =>
        {
            var all = root.Element.ValueKind == JsonValueKind.Object
                ? root.Element.EnumerateObject().Select(m => m.Name).ToArray()
                : [];
            var members = root.Members(["schema", "command", "finished", "runs", "shard"], all);
            members["schema"].Must(Schema, "this program reads");
            string command = Commands[members["command"].OneOf(Commands, "command whose work is divided")];
            if (members["shard"].Element.ValueKind == JsonValueKind.Null)
            {
                throw members["shard"].Wrong("the output is not one of several parts; it was made without --shard");
            }

            _ = members["finished"].Bool();
            _ = members["runs"].Items();
            var shard = members["shard"].Members(["index", "count", "exitCode", "work"]);
            ImmutableArray<string> work = [.. shard["work"].Items().Select(w => w.String())];
            var (index, count) = (shard["index"].Integer(), shard["count"].Integer());
            if (index < 1 || index > count || count > work.Length)
            {
                throw members["shard"].Wrong($"there is no part {index} of {count} of {Quantity.Of(work.Length, "check")}");
            }

            return new ResultFile(path, command, new(index, count) { Work = work }, shard["exitCode"].Integer(), root.Element);
        });
    }
}
