using System.Globalization;
using System.Net;
using System.Text;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Resolutions;

/// <summary>
/// What outside monitoring watches, as lines of "name value": how many operations have not ended and how old they are,
/// whether sending is open, and how far the audit is verified. Figures only, and to this computer only.
/// </summary>
public sealed class OpenFigures(
    IDbContextFactory<PortalDb> factory, SendGate gate, AuditWatch watch, TimeProvider time)
{
    public const string Path = "/healthz/figures";

    /// <summary>What a proxy adds: whoever comes through one is not on this computer.</summary>
    private static readonly string[] Forwarding = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"];

    private static readonly OperationState[] Doubtful = [OperationState.Unknown, OperationState.NeedsPerson];

    private static readonly (string Word, TimeSpan Age)[] Ages =
    [
        ("10m", AttentionQueries.Patience), ("1d", AttentionLevels.AlarmAfter), ("3d", AttentionLevels.EscalateAfter),
        ("25d", OpenVerdicts.MustDecideAfter),
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, AnswerAsync).AllowAnonymous();

    /// <summary>Whether a call comes from this computer itself.</summary>
    public static bool IsLocal(HttpContext http) => http.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address) && !Forwarding.Any(http.Request.Headers.ContainsKey);

    /// <summary>All figures at this instant.</summary>
    public async Task<string> ReadAsync()
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var operations = db.Set<Operation>().AsNoTracking();
        var states = await operations.GroupBy(row => row.State)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Key, row => row.Count);
        var text = new StringBuilder();
        foreach (var state in Enum.GetValues<OperationState>().Where(state => !state.IsFinal()))
        {
            Line(text, $"portal_operations_open{{state=\"{state}\"}}", states.GetValueOrDefault(state));
        }

        foreach (var (word, age) in Ages)
        {
            var before = now - age;
            Line(text, $"portal_operations_unclear{{older_than=\"{word}\"}}", await operations.CountAsync(
                row => Doubtful.Contains(row.State) && db.Set<Attempt>().Any(
                    attempt => attempt.OperationId == row.Id && attempt.StartedAt <= before)));
        }

        Line(text, "portal_operations_disputed", await operations.CountAsync(row => row.DisputedAt != null));
        Line(text, "portal_operations_halted", await operations.CountAsync(
            row => row.State == OperationState.Ready && row.Problem == OperationProblem.Tampered));
        Line(text, "portal_sending_open", gate.Halt is null ? 1 : 0);
        var watched = await watch.ReadAsync();
        Line(text, "portal_audit_fits", watched.BadRow is null ? 1 : 0);
        Line(text, "portal_audit_verified_row", watched.WholeRow);
        Line(text, "portal_audit_verified_at_seconds", watched.WholeAt?.ToUnixTimeSeconds() ?? 0);
        return text.ToString();
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, OpenFigures figures)
    {
        if (IsLocal(http))
        {
            return Results.Text(await figures.ReadAsync(), "text/plain; version=0.0.4");
        }

        http.Features.Get<Microsoft.AspNetCore.Diagnostics.IStatusCodePagesFeature>()?.Enabled = false;
        return Results.NotFound();
    }

    private static void Line(StringBuilder text, string name, long value) =>
        text.Append(name).Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
