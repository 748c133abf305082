using System.Net;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Tests.Http;

namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>The account of one provider that forgeries are tried on.</summary>
internal sealed class Subject : IDisposable
{
    private readonly AnsweringGateway gateway = new();
    private readonly ProviderHttp http;
    private readonly INotifications notifications;

    /// <param name="make">Makes the provider.</param>
    /// <param name="account">Its account.</param>
    /// <param name="keys">The account's keys; disposed with this.</param>
    /// <param name="weaken">A weaker reader around the real one, for tests of the forgeries themselves.</param>
    public Subject(
        Func<ProviderHttp, TimeProvider, IPaymentProvider> make, ProviderAccount account, ProviderKeys keys,
        Func<INotifications, INotifications>? weaken = null)
    {
        http = new(gateway, Clock, ProviderHttpLimits.Default);
        (Provider, Account, Keys) = (make(http, Clock), account, keys);
        notifications = weaken is null ? Provider.Notifications! : weaken(Provider.Notifications!);
    }

    public FakeClock Clock { get; } = new();

    public IPaymentProvider Provider { get; }

    public ProviderAccount Account { get; }

    public ProviderKeys Keys { get; }

    public SendPermit Permit() => SendPermit.Start(Clock);

    /// <summary>Judges letters as notifications.</summary>
    public Task<string?> NotifyAsync(Letter letter)
    {
        Dictionary<string, string> headers = [];
        if (letter.Header is { } header)
        {
            headers["signature"] = header;
        }

        return Task.FromResult(Believed.Of(notifications.Read(
            Account, new(letter.Body, letter.ContentType, headers, letter.Query), Keys)));
    }

    /// <summary>Judges letters as answers to a question.</summary>
    public Func<Letter, Task<string?>> Asking<T>(Func<Subject, Task<QueryAnswer<T>>> ask) => async letter =>
    {
        Answer(letter, HttpStatusCode.OK);
        return Believed.Of(await ask(this));
    };

    /// <summary>Judges letters as answers to an operation that moves money.</summary>
    public Func<Letter, Task<string?>> Sending(
        Func<Subject, Task<ProviderOutcome>> send, HttpStatusCode status = HttpStatusCode.OK) => async letter =>
    {
        Answer(letter, status);
        return Believed.Of(await send(this));
    };

    public void Dispose()
    {
        Keys.Dispose();
        http.Dispose();
    }

    /// <summary>A run may have a million letters, so what was asked before is forgotten.</summary>
    private void Answer(Letter letter, HttpStatusCode status)
    {
        gateway.Requests.Clear();
        gateway.Next = () => Response(letter, status);
    }

    private static HttpResponseMessage Response(Letter letter, HttpStatusCode status)
    {
        var response = new HttpResponseMessage(status) { Content = new ByteArrayContent(letter.Body) };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", letter.ContentType);
        if (letter.Header is { } header)
        {
            response.Headers.TryAddWithoutValidation("signature", header);
        }

        return response;
    }
}

/// <summary>
/// What counts as believed, and the facts that it conveys: the verdict Genuine, the answer Told, the outcomes Done,
/// Accepted and Refused. Everything else proves nothing and is null here.
/// </summary>
internal static class Believed
{
    public static string? Of(NotificationVerdict verdict) =>
        verdict is NotificationVerdict.Genuine genuine ? $"{genuine.Facts} {genuine.SemanticKey}" : null;

    public static string? Of<T>(QueryAnswer<T> answer) => answer is QueryAnswer<T>.Told told
        ? told.Facts is OrderPage page
            ? $"{page.HasNext} {string.Join('\n', page.Orders)}"
            : $"{told.Facts} {told.ProviderCode}"
        : null;

    public static string? Of(ProviderOutcome outcome) => outcome switch
    {
        ProviderOutcome.Done => $"done {outcome.ProviderCode} {outcome.ProviderNumber}",
        ProviderOutcome.Accepted => $"accepted {outcome.ProviderCode} {outcome.ProviderNumber}",
        ProviderOutcome.Refused refused => $"refused {refused.Error} {outcome.ProviderCode} {outcome.ProviderNumber}",
        _ => null,
    };
}
