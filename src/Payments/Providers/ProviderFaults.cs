using System.Net.Sockets;

namespace MerchantPortal.Payments.Providers;

/// <summary>What the HTTP stack's exceptions mean. Whether something was sent is never read from them.</summary>
internal static class ProviderFaults
{
    /// <summary>The meaning of a fault on the way, or null for a fault in the program.</summary>
    public static ProviderError? Meaning(Exception fault, OnceContent content)
    {
        if (content.TooLate)
        {
            return ProviderError.SentTooLate;
        }

        return fault switch
        {
            OperationCanceledException => ProviderError.TimedOut,
            AddressNotAllowedException => ProviderError.AddressNotAllowed,
            HttpRequestException { InnerException: AddressNotAllowedException } => ProviderError.AddressNotAllowed,
            BodyAskedTwiceException or HttpRequestException { InnerException: BodyAskedTwiceException } =>
                ProviderError.ConnectionLost,
            HttpRequestException http => Meaning(http.HttpRequestError, http),
            IOException or SocketException => ProviderError.ConnectionLost,
            _ => null,
        };
    }

    private static ProviderError Meaning(HttpRequestError error, HttpRequestException fault) => error switch
    {
        HttpRequestError.NameResolutionError => ProviderError.NameNotResolved,
        HttpRequestError.SecureConnectionError => ProviderError.TlsFailed,
        HttpRequestError.ConnectionError => ProviderError.ConnectionFailed,
        HttpRequestError.ResponseEnded => ProviderError.ConnectionLost,
        HttpRequestError.InvalidResponse => ProviderError.AnswerUnreadable,
        HttpRequestError.ConfigurationLimitExceeded => ProviderError.AnswerUnreadable,
        _ => fault.InnerException is System.Security.Authentication.AuthenticationException
            ? ProviderError.TlsFailed
            : ProviderError.ConnectionLost,
    };
}
