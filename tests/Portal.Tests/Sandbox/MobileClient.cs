using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Portal.Tests.Sandbox;

/// <summary>A merchant of LianLian mobile that signs and verifies by code of its own.</summary>
sealed class MobileClient : IAsyncDisposable
{
    public const string Partner = "201103171000000000";
    public const string Key = "201408071000001543test_20140812";
    public const string Card = "6222020200001234567";

    readonly RSA own = RSA.Create(1024);
    readonly RSA gateway = RSA.Create();
    readonly string signType;

    MobileClient(SandboxHost sandbox, string signType)
    {
        Sandbox = sandbox;
        this.signType = signType;
    }

    public SandboxHost Sandbox { get; }

    public static async Task<MobileClient> StartAsync(
        string signType = "MD5", object? habits = null, string[]? args = null)
    {
        var client = new MobileClient(await SandboxHost.StartAsync(args: args), signType);
        await client.PutMerchantAsync(habits);
        return client;
    }

    public async Task PutMerchantAsync(object? habits = null)
    {
        var merchant = JsonSerializer.SerializeToNode(habits ?? new { }, JsonSerializerOptions.Web)!.AsObject();
        merchant["signType"] = signType;
        merchant["md5Key"] = Key;
        merchant["publicKey"] = own.ExportSubjectPublicKeyInfoPem();
        var answer = await Sandbox.Http.PutAsJsonAsync($"/control/lianlian-mobile/merchants/{Partner}", merchant);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        gateway.ImportFromPem(
            (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("publicKeyPem").GetString());
    }

    /// <summary>The same merchant's keys for a client of ours.</summary>
    public ProviderKeys Keys() => new()
    {
        Version = 1,
        SharedSecret = new(Encoding.ASCII.GetBytes(Key)),
        SigningPrivate = new(own.ExportPkcs8PrivateKey()),
        ProviderPublic = gateway.ExportSubjectPublicKeyInfo(),
    };

    public async Task PlaceAsync(
        string noOrder, string state = "paid", string money = "100.00", bool preAuth = false, string? notifyUrl = null)
    {
        var answer = await Sandbox.Http.PostAsJsonAsync("/control/lianlian-mobile/orders", new[]
        {
            new
            {
                oidPartner = Partner,
                noOrder,
                dtOrder = "20261121100000",
                moneyOrder = money,
                state,
                preAuth,
                userId = "u1",
                cardNo = Card,
                infoOrder = "3桶羽毛球",
                notifyUrl,
                notify = notifyUrl is not null,
                memo = "余额不足",
            },
        });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A signed request as JSON; the names given are left out of the text.</summary>
    public JsonObject Signed(IEnumerable<(string Name, string Value)> fields, params string[] unsigned)
    {
        var request = new JsonObject { ["oid_partner"] = Partner, ["sign_type"] = signType };
        foreach (var (name, value) in fields) request[name] = value;
        var source = Source(request, unsigned);
        request["sign"] = signType == "MD5"
            ? Md5(source)
            : Convert.ToBase64String(own.SignData(
                Encoding.UTF8.GetBytes(source), HashAlgorithmName.MD5, RSASignaturePadding.Pkcs1));
        return request;
    }

    public Task<HttpResponseMessage> PostAsync(string path, string body) =>
        Sandbox.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));

    /// <summary>Sends a signed request and gives back the answer as it came.</summary>
    public async Task<JsonObject> SendAsync(string path, params (string Name, string Value)[] fields)
    {
        using var answer = await PostAsync(path, Signed(fields).ToJsonString());
        answer.IsSuccessStatusCode.ShouldBeTrue();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }

    /// <summary>Sends a signed request, wants the code, and the signature over all but the names given.</summary>
    public async Task<JsonObject> AskAsync(
        string path, string code, (string Name, string Value)[] fields, params string[] unsigned)
    {
        var answer = await SendAsync(path, fields);
        answer.ToJsonString().ShouldContain($"\"ret_code\":\"{code}\"");
        Verifies(answer, unsigned).ShouldBeTrue(answer.ToJsonString());
        return answer;
    }

    public async Task<JsonObject> SdkAsync(
        string verb, string noOrder, string money, string card = Card, params (string Name, string Value)[] changes)
    {
        List<(string Name, string Value)> fields =
        [
            ("busi_partner", "101001"), ("no_order", noOrder), ("dt_order", "20261121100000"),
            ("money_order", money), ("notify_url", "http://127.0.0.1:9/?a=1"), ("user_id", "u1"),
            ("risk_item", """
                {"frms_ware_category":"1002","user_info_mercht_userno":"u1","user_info_dt_register":"20141015165530"}
                """.Trim()),
        ];
        foreach (var change in changes)
        {
            fields.RemoveAll(field => field.Name == change.Name);
            fields.Add(change);
        }
        var order = Signed(fields, "user_id", "ap_merchant_id");
        using var answer = await Sandbox.Http.PostAsJsonAsync(
            $"/control/lianlian-mobile/sdk/{verb}", new { order, cardNo = card, bindMobile = "13800000000" });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }

    public bool Verifies(JsonObject answer, params string[] unsigned)
    {
        var source = Source(answer, unsigned);
        var sign = $"{answer["sign"]}";
        return signType == "MD5"
            ? sign == Md5(source)
            : gateway.VerifyData(
                Encoding.UTF8.GetBytes(source), Convert.FromBase64String(sign), HashAlgorithmName.MD5,
                RSASignaturePadding.Pkcs1);
    }

    public async ValueTask DisposeAsync()
    {
        own.Dispose();
        gateway.Dispose();
        await Sandbox.DisposeAsync();
    }

    static string Md5(string source) =>
        Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes($"{source}&key={Key}")));

    static string Source(JsonObject message, string[] unsigned) => string.Join('&', message
        .Where(member => member.Key is not ("sign" or "agreement_list") && !unsigned.Contains(member.Key))
        .Where(member => $"{member.Value}".Length > 0)
        .OrderBy(member => member.Key, StringComparer.Ordinal)
        .Select(member => $"{member.Key}={member.Value}"));
}
