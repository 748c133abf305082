using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Resolutions;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>What people settle where no question can, and what they take back in time.</summary>
internal sealed partial class SimulatedRun
{
    private const int RoundsOfVerdicts = 4;
    private const int LeapsOfProof = 5;
    private const int RoundsOfHandRepeats = 2;
    private static readonly TimeSpan Leap = TimeSpan.FromHours(84);

    // People who let the same number go again and again come to no end.
    private bool isLastWord;

    private List<SeenOperation> WithPeople => [.. watch.Look.Operations.Where(row => row.State == "NeedsPerson")];

    private List<SeenVerdict> WaitingVerdicts => [.. watch.Look.Verdicts.Where(row => row.State == "Waiting")];

    private Task RecallAsync(Node node, SeenOperation seen)
    {
        var actor = choose.Chance(50) ? choose.Pick(lane.Cast.Clerks) : choose.Pick(lane.Cast.Reviewers);
        return StartAsync(node, $"{actor.Name} recalls {watch.WishOf(seen).Name}", async () =>
        {
            var answer = await node.Portal.GetRequiredService<ApprovalCommands>().RecallAsync(actor, seen.Id);
            return answer != RecallResult.Done || watch.MayRecall(seen, actor.PersonId!.Value)
                ? answer.ToString()
                : throw new RuleBrokenException($"{actor.Name} recalled what is none of theirs");
        });
    }

    /// <summary>People read the provider's own books; now and then one of them reads them wrongly.</summary>
    private Task ProposeAsync(Node node, SeenOperation seen, bool reads = true)
    {
        var resolver = reads ? choose.Pick(lane.Cast.Resolvers) : lane.Cast.Resolvers[0];
        var right = Right(seen);
        var verdict = reads && choose.Chance(15) ? choose.Pick(Enum.GetValues<Verdict>()) : right;
        var proposal = new ChangeProposal(
            choose.NextGuid(), ResolveOperation.Word, ChangeJson.Write(new ResolveTerms(seen.Id, verdict)), "read")
        {
            Document = ChangeDocument.OfText("The provider's own list."),
        };
        return StartAsync(node, $"{resolver.Name} finds {watch.WishOf(seen).Name} {verdict}", async () =>
        {
            await World.ProvenAsync(node.Portal, resolver, proposal.Proof.Id, proposal.Proof.TermsHash);
            var answer = await node.Portal.GetRequiredService<ChangeCommands>().ProposeAsync(resolver, proposal);
            return answer is Proposed.Done ? "Done" : Of(answer);
        }, reads);
    }

    /// <summary>Somebody else reads the same books and says yes or no.</summary>
    private Task AnswerAsync(Node node, SeenVerdict seen, bool reads = true)
    {
        var operation = watch.Look.Operations.Single(row => row.Id == seen.OperationId);
        var found = ChangeJson.Read<ResolveTerms>(seen.Terms).Verdict;
        var resolver = reads
            ? choose.Pick(lane.Cast.Resolvers)
            : lane.Cast.Resolvers.First(person => person.PersonId != seen.Proposer);

        var fits = (found == Verdict.Succeeded) == (provider.Ledger.Truth(operation.Number) == Standing.Done);
        var form = new ChangeForm(
            seen.Id, seen.Version, seen.TermsHash, fits ? ChangeAnswer.Confirmed : ChangeAnswer.Rejected, "read too");
        return StartAsync(node, $"{resolver.Name} {form.Answer} {watch.WishOf(operation).Name} {found}", async () =>
        {
            await World.ProvenAsync(node.Portal, resolver, seen.Id, seen.TermsHash);
            return Of(await node.Portal.GetRequiredService<ChangeCommands>().DecideAsync(resolver, form));
        }, reads);
    }

    private Verdict Right(SeenOperation seen) =>
        provider.Ledger.Truth(seen.Number) == Standing.Done ? Verdict.Succeeded
            : seen.Kind is "Transfer" or "Unbind" && !isLastWord && choose.Chance(50) ? Verdict.ResendSame
            : Verdict.Failed;

    /// <summary>
    /// Two resolvers settle all that is left with people; afterwards weeks go by in which the provider is asked on,
    /// and what did not happen is free again.
    /// </summary>
    private async Task SettleByHandAsync()
    {
        Say("people settle the rest");
        for (var round = 0; round < RoundsOfVerdicts && WithPeople.Count > 0; round++)
        {
            isLastWord = round >= RoundsOfHandRepeats;
            foreach (var waiting in WaitingVerdicts)
            {
                await AnswerAsync(nodes[0], waiting, reads: false);
                Check();
            }

            foreach (var operation in WithPeople)
            {
                await ProposeAsync(nodes[0], operation, reads: false);
                Check();
                foreach (var waiting in WaitingVerdicts)
                {
                    await AnswerAsync(nodes[0], waiting, reads: false);
                    Check();
                }
            }

            await SettleRoundsAsync();
        }

        for (var leap = 0; leap < LeapsOfProof; leap++)
        {
            lane.Clock.Time.Advance(Leap);
            await WorkAsync();
        }

        watch.CheckSettledByHand();
    }

    private static string Of(object answer) => answer switch
    {
        Proposed.Impossible no => no.Reason,
        Answered.Done done => $"Done {done.State}",
        Answered.Impossible no => no.Reason,
        _ => answer.GetType().Name,
    };
}
