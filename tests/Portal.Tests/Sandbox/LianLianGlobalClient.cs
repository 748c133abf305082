using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MerchantPortal.Portal.Tests.Sandbox;

/// <summary>An answer of the gateway, and whether its key signed it.</summary>
sealed record GlobalAnswer(int Status, JsonElement Body, bool IsSigned, string Text)
{
    public string Code => Body.GetProperty("return_code").GetString()!;

    public JsonElement Order => Body.GetProperty("order");

    public string RefundState => Order.GetProperty("refund_data").GetProperty("refund_status").GetString()!;
}

/// <summary>A shop of LianLian Global's: raw HTTP, its own key pair, signing written here.</summary>
sealed class LianLianGlobalClient(SandboxHost sandbox)
{
    public const string Merchant = "202611210001";
    public const string Path = "/v4/merchants/" + Merchant;

    static readonly RSA Keys = RSA.Create(2048);
    static readonly RSA Stranger = RSA.Create(2048);

    public RSA GatewayKey { get; } = RSA.Create();

    /// <summary>Changes to the headers of every call; an empty value leaves the header out.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    public bool SignsAsStranger { get; set; }

    public static async Task<LianLianGlobalClient> StartAsync(
        SandboxHost sandbox, params (string Name, object Value)[] habits)
    {
        var client = new LianLianGlobalClient(sandbox);
        var merchant = habits.ToDictionary(habit => habit.Name, habit => habit.Value);
        merchant["publicKey"] = Keys.ExportSubjectPublicKeyInfoPem();
        var answer = await sandbox.Http.PutAsJsonAsync($"/control/lianlian-global/merchants/{Merchant}", merchant);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        var key = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("publicKey").GetString()!;
        client.GatewayKey.ImportSubjectPublicKeyInfo(Convert.FromBase64String(key), out _);
        return client;
    }

    public async Task PlaceAsync(string id, string amount = "100.00", string state = "PS", string? url = null)
    {
        object[] payments =
        [
            new
            {
                merchantId = Merchant,
                merchantTransactionId = id,
                amount,
                currency = "HKD",
                state,
                notificationUrl = url,
                notify = url is not null && state == "PS",
            },
        ];
        var answer = await sandbox.Http.PostAsJsonAsync("/control/lianlian-global/payments", payments);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A body for creating a payment, with members changed; a null takes one away.</summary>
    public static string Payment(string id, string amount = "10.00", params (string Name, object? Value)[] changes) =>
        Json(
            [
                ("payment_processor", "alipayhk"), ("payment_method", "applet"), ("merchant_transaction_id", id),
                ("merchant_id", Merchant), ("customer", new { openid = "o-1", full_name = "陳大文" }),
                ("transaction_amount", amount), ("transaction_currency", "HKD"),
                ("transaction_time", 1_795_226_400_000), ("country", "HK"),
            ],
            changes);

    public static string Refund(
        string id, string original, string amount, params (string Name, object? Value)[] changes) => Json(
        [
            ("merchant_transaction_id", id), ("merchant_id", Merchant), ("merchant_refund_time", "20261121100000"),
            ("original_transaction_id", original),
            ("refund_data", new { refund_currency_code = "HKD", refund_amount = amount, reason = "尺寸不合" }),
        ],
        changes);

    public Task<GlobalAnswer> CreateAsync(
        string id, string amount = "10.00", params (string Name, object? Value)[] changes) =>
        PostAsync("/payments", Payment(id, amount, changes));

    public Task<GlobalAnswer> RefundAsync(
        string id, string original, string amount, params (string Name, object? Value)[] changes) =>
        PostAsync($"/payments/{original}/refunds", Refund(id, original, amount, changes));

    public Task<GlobalAnswer> QueryAsync(string id) => GetAsync($"{Path}/payments/{id}", id);

    public Task<GlobalAnswer> QueryRefundAsync(string id) => GetAsync($"{Path}/refunds/{id}", id);

    public async Task<string> StateAsync(string id) =>
        (await QueryAsync(id)).Order.GetProperty("transaction_status").GetString()!;

    public Task<GlobalAnswer> PostAsync(string path, string body) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, Path + path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        },
        TextOf(body));

    public Task<GlobalAnswer> GetAsync(string path, string id) => SendAsync(
        new HttpRequestMessage(HttpMethod.Get, path), $"merchant_id={Merchant}&merchant_transaction_id={id}");

    public async Task<GlobalAnswer> SendAsync(HttpRequestMessage message, string text)
    {
        var now = sandbox.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8));
        var headers = new Dictionary<string, string>
        {
            ["signature"] = Sign(text, SignsAsStranger ? Stranger : Keys),
            ["timestamp"] = now.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture),
            ["timezone"] = "Asia/Hong_Kong",
            ["sign-type"] = "RSA",
        };
        foreach (var (name, value) in Headers) headers[name] = value;
        foreach (var (name, value) in headers.Where(header => header.Value.Length > 0))
            message.Headers.Add(name, value);
        using (message)
        {
            using var answer = await sandbox.Http.SendAsync(message);
            var body = await answer.Content.ReadAsStringAsync();
            var json = answer.Content.Headers.ContentType?.MediaType == "application/json"
                ? JsonSerializer.Deserialize<JsonElement>(body)
                : default;
            return new((int)answer.StatusCode, json, IsSigned(body, answer.Headers), body);
        }
    }

    /// <summary>The members in order of their names, level by level, as the document's 2.2.1 has it.</summary>
    public static string TextOf(string json)
    {
        try
        {
            using var read = JsonDocument.Parse(json);
            return string.Join('&', Pairs(read.RootElement));
        }
        catch (JsonException)
        {
            return "";
        }
    }

    public bool Verifies(string body, string signature) => GatewayKey.VerifyData(
        Encoding.UTF8.GetBytes(TextOf(body)), Convert.FromBase64String(signature), HashAlgorithmName.SHA1,
        RSASignaturePadding.Pkcs1);

    static IEnumerable<string> Pairs(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal)
            .SelectMany(member => member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                ? Pairs(member.Value)
                : [$"{member.Name}={member.Value}"]),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Pairs),
        _ => [$"{element}"],
    };

    bool IsSigned(string body, HttpResponseHeaders headers) =>
        headers.TryGetValues("signature", out var signatures) && Verifies(body, signatures.Single());

    static string Sign(string text, RSA key) => Convert.ToBase64String(
        key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1));

    static string Json((string Name, object? Value)[] members, (string Name, object? Value)[] changes)
    {
        var all = members.ToDictionary(member => member.Name, member => member.Value);
        foreach (var (name, value) in changes) all[name] = value;
        return JsonSerializer.Serialize(
            all.Where(member => member.Value is not null).ToDictionary(member => member.Key, member => member.Value));
    }
}
