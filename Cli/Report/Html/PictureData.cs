using System.Text.Json;
using Checker.Model.Catalogue;

namespace Checker.Cli.Report.Html;

/// <summary>Writes the description of a protocol's picture.</summary>
internal static class PictureData
{
    public static void Write(Utf8JsonWriter json, Picture? picture, Tables tables)
    {
        if (picture is null)
        {
            json.WriteNull("picture");
            return;
        }

        json.WriteStartObject("picture");
        Marks("marks", picture.Marks);
        Report.Json.Objects(json, "boxes", picture.Boxes, group =>
        {
            json.WriteNumber("sort", tables.Text(group.Sort));
            json.WriteNumber("title", tables.Text(group.Title));
            json.WriteNumber("column", group.Column);
            Marks("marks", group.Marks);
            Report.Json.Objects(json, "arrows", group.Arrows, arrow =>
            {
                json.WriteNumber("variable", tables.Text(arrow.Variable));
                json.WriteNumber("label", tables.Text(arrow.Label));
                json.WriteNumber("party", tables.Text(arrow.Party));
                json.WriteBoolean("copy", arrow.IsCopy);
            });
        });
        json.WriteEndObject();

        void Marks(string name, IEnumerable<Mark> marks) => Report.Json.Objects(json, name, marks, mark =>
        {
            json.WriteNumber("variable", tables.Text(mark.Variable));
            json.WriteNumber("label", tables.Text(mark.Label));
        });
    }
}
