using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Ui;
using MerchantPortal.Portal.Work;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Radzen;

namespace MerchantPortal.Portal.Features.Team;

/// <summary>The list of people, and what an admin may do with a sign-in.</summary>
public sealed partial class TeamPage : IDisposable
{
    private TeamView? view;
    private Actor actor = Actor.Nobody;
    private FreshLink? fresh;
    private Said? note;
    private IDisposable? subscription;

    [Inject]
    private TeamQueries Queries { get; set; } = null!;

    [Inject]
    private TeamCommands Commands { get; set; } = null!;

    [Inject]
    private CurrentActor Current { get; set; } = null!;

    [Inject]
    private ChangeFeed Changes { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    [Inject]
    private IStringLocalizer<TeamTexts> Texts { get; set; } = null!;

    [Inject]
    private IStringLocalizer<UiTexts> UiTexts { get; set; } = null!;

    public void Dispose() => subscription?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        actor = await Current.GetAsync();
        view = await Queries.ReadAsync(actor);
        if (RendererInfo.IsInteractive)
        {
            subscription = Changes.Subscribe(list =>
            {
                if (list.Any(change => change.Topic == "user"))
                {
                    _ = InvokeAsync(ReadAsync);
                }
            });
        }
    }

    private static Meaning MeaningOf(MemberState state) => state switch
    {
        MemberState.Active => Meaning.Done,
        MemberState.Invited => Meaning.Wait,
        MemberState.LinkRanOut => Meaning.Fail,
        _ => Meaning.Ended,
    };

    private string RolesOf(Member member) =>
        string.Join(Texts["may.comma"], member.Roles.Select(role => Texts[$"role.{role}"].Value));

    private string? WhyNotClose(Member member) =>
        member.UserId == actor.UserId ? Texts["closed.Oneself"].Value : null;

    private async Task ReadAsync()
    {
        view = await Queries.ReadAsync(actor);
        StateHasChanged();
    }

    private async Task InviteAsync()
    {
        var options = ConfirmDialogs.Options(UiTexts);
        object? answer = await Dialogs.OpenAsync<InviteDialog>(
            Texts["invite.title"], new Dictionary<string, object?> { [nameof(InviteDialog.Actor)] = actor }, options);
        fresh = answer as FreshLink;
        note = null;
        await ReadAsync();
    }

    private async Task InviteAgainAsync(Member member)
    {
        fresh = await Commands.InviteAgainAsync(actor, member.UserId) is Invited.Done done
            ? new(member.Email, done.Token, done.ExpiresAt)
            : null;
        note = fresh is null ? new(Meaning.Fail, Texts["again.failed"], Texts["again.failed.next"]) : null;
        await ReadAsync();
    }

    private IReadOnlyList<Role> ToGive(Member member) => member.UserId == actor.UserId
        ? []
        : [.. Enum.GetValues<Role>().Except(member.Roles).Where(role => !Roles.Conflict([.. member.Roles, role]))];

    private async Task GiveAsync(Member member)
    {
        object? said = await Dialogs.OpenAsync<ProposeDialog>(
            Texts["give.title", member.Name],
            new Dictionary<string, object?>
            {
                [nameof(ProposeDialog.Kind)] = RoleGrantChange.Word,
                [nameof(ProposeDialog.Choices)] = ToGive(member).Select(role => (
                    ChangeJson.Write(new GrantTerms(member.UserId, role)), Texts[$"role.{role}"].Value)).ToList(),
                [nameof(ProposeDialog.ChoiceLabel)] = Texts["col.role"].Value,
                [nameof(ProposeDialog.Facts)] = new List<(string, string)>
                {
                    (Texts["col.person"], $"{member.Name} · {member.Email}"), (Texts["col.roles"], RolesOf(member)),
                },
                [nameof(ProposeDialog.ConfirmRight)] = Permission.ChangesConfirm,
                [nameof(ProposeDialog.Act)] = Texts["give.propose"].Value,
            },
            ConfirmDialogs.Options(UiTexts));
        fresh = null;
        note = said is ChangeMessage message ? new(Meaning.Wait, message.Lead, message.Next) : note;
    }

    private bool MayTake(Member member, Role role) => view is { MayManage: true } && member.UserId != actor.UserId
        && member.State != MemberState.Closed
        && (role != Role.Admin || view.Members.Count(one => one.Roles.Contains(Role.Admin)
            && one.State == MemberState.Active) > 1 || member.State != MemberState.Active);

    private async Task TakeAsync(Member member, Role role)
    {
        var named = Texts[$"role.{role}"];
        var question = new ConfirmQuestion(
            Texts["take.title", named, member.Name], Texts["take.confirm", named, member.Name],
            Texts["take.consequence"])
        {
            Facts = [(Texts["col.person"], $"{member.Name} · {member.Email}"), (Texts["col.roles"], RolesOf(member))],
            Undoes = true,
        };
        if (await Dialogs.ConfirmAsync(question, UiTexts) is not null)
        {
            await TellAsync(member, await Commands.TakeRoleAsync(actor, member.UserId, role), "taken");
        }
    }

    private async Task EndAsync(Member member) =>
        await TellAsync(member, await Commands.EndSessionsAsync(actor, member.UserId), "ended");

    private async Task CloseAsync(Member member)
    {
        var question = new ConfirmQuestion(
            Texts["close.title", member.Name], Texts["close.act", member.Name], Texts["close.consequence"])
        {
            Facts = [(Texts["col.person"], $"{member.Name} · {member.Email}"), (Texts["col.roles"], RolesOf(member))],
            Undoes = true,
        };
        if (await Dialogs.ConfirmAsync(question, UiTexts) is not null)
        {
            await TellAsync(member, await Commands.DisableAsync(actor, member.UserId), "closed");
        }
    }

    private async Task TellAsync(Member member, Closed result, string what)
    {
        fresh = null;
        note = result is Closed.Done done
            ? new(Meaning.Done, Texts[$"{what}.done", member.Name], Texts["sessions.ended", done.Sessions])
            : new(Meaning.Fail, Texts["closed.not"], Texts[$"closed.{result.GetType().Name}"]);
        await ReadAsync();
    }

    private sealed record Said(Meaning Meaning, string Lead, string Next);
}
