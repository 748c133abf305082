using System.Text.Json;

namespace MerchantPortal.Portal.Rehearsal;

/// <summary>Speaks to the Sandbox's control API, as a merchant's shop and station would be used.</summary>
public sealed class SandboxControl(Uri sandbox) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = sandbox };

    /// <summary>Registers a merchant; the answer is the certificate that the Sandbox signs with, PEM.</summary>
    public async Task<string> PutMerchantAsync(string merchantId, string md5Key)
    {
        using var answer = await http.PutAsJsonAsync($"/control/allinpay/merchants/{merchantId}", new { md5Key });
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return body.GetProperty("certificatePem").GetString()!;
    }

    /// <summary>Places orders, in the members of the control API.</summary>
    public async Task PlaceOrdersAsync(IEnumerable<object> orders)
    {
        using var answer = await http.PostAsJsonAsync("/control/allinpay/orders", orders);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Tells the Sandbox something; the answer's members, if it has some.</summary>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        var text = await answer.Content.ReadAsStringAsync();
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public void Dispose() => http.Dispose();
}
