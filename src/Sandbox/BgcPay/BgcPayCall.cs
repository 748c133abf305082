using System.Text.Json;

namespace MerchantPortal.Sandbox.BgcPay;

/// <summary>A request whose common parameters are in order: who asks, and the members of biz_content.</summary>
sealed class BgcPayCall(BgcPayApp app, IReadOnlyDictionary<string, string> business, string? notifyUrl)
{
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public BgcPayApp App { get; } = app;

    public string? NotifyUrl { get; } = notifyUrl;

    /// <summary>A member as text; empty when it is missing, null, or an object or list that nothing reads.</summary>
    public string this[string member] => business.GetValueOrDefault(member, "");

    /// <summary>The members of biz_content, texts and numbers alike; null when it is not one JSON object.</summary>
    public static Dictionary<string, string>? Members(string bizContent)
    {
        try
        {
            using var json = JsonDocument.Parse(bizContent, Strict);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return null;
            return json.RootElement.EnumerateObject()
                .Where(member => member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                .ToDictionary(member => member.Name, member => member.Value.ToString());
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The parameters of a request, from the query and the form; files are no parameters.</summary>
sealed class BgcPayParameters
{
    readonly Dictionary<string, string> values;

    BgcPayParameters(Dictionary<string, string> values) => this.values = values;

    public string this[string name] => values.GetValueOrDefault(name, "");

    public IReadOnlyDictionary<string, string> All => values;

    public string Source => BgcPaySigning.Source(values.Select(value => (value.Key, value.Value)));

    /// <summary>Reads them; a name that comes twice makes <see cref="Repeated"/> true.</summary>
    public static async Task<BgcPayParameters> ReadAsync(HttpRequest request, CancellationToken stop)
    {
        var form = request.HasFormContentType ? await request.ReadFormAsync(stop) : FormCollection.Empty;
        var pairs = request.Query.Concat(form).ToList();
        var merged = new Dictionary<string, string>();
        foreach (var (name, value) in pairs) merged[name] = value.Count > 0 ? value[^1] ?? "" : "";
        return new(merged) { Repeated = pairs.Count != merged.Count || pairs.Any(pair => pair.Value.Count != 1) };
    }

    public bool Repeated { get; private init; }
}
