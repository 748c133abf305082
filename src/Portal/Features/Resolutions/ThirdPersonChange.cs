using System.Globalization;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Installation;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Resolutions;

/// <summary>From which amount on a third person is to settle, in whole units.</summary>
public sealed record ThirdPersonTerms(long From);

/// <summary>Sets from which amount on three people settle an unknown outcome. Two people do it.</summary>
public sealed class ThirdPersonChange : IChange
{
    public const string Word = "policy.third-person";

    public string Kind => Word;

    public string ProposeRight => Permission.PoliciesManage;

    public string ConfirmRight => Permission.ChangesConfirm;

    public async Task<ChangePlan> PlanAsync(PortalDb db, string terms, DateTimeOffset now)
    {
        var (from, before) = (ChangeJson.Read<ThirdPersonTerms>(terms).From,
            await ResolutionPolicy.ThirdPersonFromAsync(db));
        return from is < 1 or > ResolutionPolicy.Most ? new ChangePlan.Refused("ThirdPersonOutside")
            : from == before ? new ChangePlan.Refused("AlreadySo")
            : new ChangePlan.Possible
            {
                Subject = "resolution policy",
                Target = ResolutionPolicy.Key,
                Before = Facts(before),
                After = Facts(from),
            };
    }

    public async Task<bool> ApplyAsync(Commit commit, ChangeRequest request)
    {
        var value = ChangeJson.Read<ThirdPersonTerms>(request.Terms).From.ToString(CultureInfo.InvariantCulture);
        var rows = await commit.Db.Set<Setting>().Where(row => row.Key == ResolutionPolicy.Key)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Value, value));
        if (rows == 0)
        {
            commit.Db.Add(new Setting { Key = ResolutionPolicy.Key, Value = value });
        }

        commit.Changed("policy", request.Id);
        return true;
    }

    private static List<ChangeFact> Facts(long from) =>
        [new("third-person-from", from.ToString("N0", CultureInfo.InvariantCulture))];
}
