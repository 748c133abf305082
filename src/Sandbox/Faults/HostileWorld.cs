using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MerchantPortal.Sandbox.Faults;

/// <summary>
/// Faults by chance, in every hundred calls 10 lost, 10 late, 10 dropped, 5 answered 500 though done and 7 answered
/// "unknown" though done; of questions, 10 more get a stale answer. The draw depends on the seed, the call and how
/// often it came, not on threads or time.
/// </summary>
sealed class HostileWorld(int seed)
{
    readonly Lock gate = new();
    readonly Dictionary<string, int> seen = [];

    public void Reset()
    {
        lock (gate) seen.Clear();
    }

    /// <param name="interface">The interface; the names of questions end in "query".</param>
    /// <param name="callKey">What the call asks for.</param>
    public Fault? Draw(string @interface, string callKey)
    {
        int time;
        lock (gate)
        {
            time = seen[callKey] = seen.GetValueOrDefault(callKey) + 1;
        }
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{callKey}/{time}"));
        var share = BinaryPrimitives.ReadUInt32BigEndian(digest) % 100;
        var spread = TimeSpan.FromMilliseconds(BinaryPrimitives.ReadUInt32BigEndian(digest.AsSpan(4)) % 28_000);
        return share switch
        {
            < 10 => new Fault(FaultKind.Lost) { Delay = TimeSpan.FromSeconds(40) },
            < 20 => new Fault(FaultKind.Late)
            {
                Delay = TimeSpan.FromSeconds(2) + spread,
                BeforeEffect = digest[8] < 128,
            },
            < 30 => new Fault(FaultKind.Dropped),
            < 35 => new Fault(FaultKind.Error500Done),
            < 42 => new Fault(FaultKind.UnknownDone),
            < 52 when @interface.EndsWith("query", StringComparison.Ordinal) =>
                new Fault(FaultKind.Stale) { Delay = TimeSpan.FromSeconds(2) + (spread * 4) },
            _ => null,
        };
    }
}
