using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.SignIn;
using Microsoft.AspNetCore.Components;

namespace MerchantPortal.Portal.Shell;

/// <summary>
/// A page or pane about one thing that has a number: read when the number changes and whenever it is told to read
/// again. A slow answer about the number before never takes the place of the present one's.
/// </summary>
/// <typeparam name="TSheet">What is shown of it.</typeparam>
public abstract class NumberedComponent<TSheet> : ComponentBase
    where TSheet : class
{
    private string? shown;

    /// <summary>Whose sheet it is.</summary>
    [Parameter, EditorRequired]
    public string Number { get; set; } = "";

    /// <summary>What is shown; null before it was read, and where there is nothing that this person may see.</summary>
    protected TSheet? Sheet { get; private set; }

    /// <summary>Whether it was read, so that no sheet means that there is none.</summary>
    protected bool IsRead { get; private set; }

    [Inject]
    protected CurrentActor Current { get; set; } = null!;

    /// <summary>Reads the sheet of a number; null when there is none or the actor may not see it.</summary>
    protected abstract Task<TSheet?> FindAsync(Actor actor, string number);

    /// <summary>Forgets what was about the number before.</summary>
    protected virtual void Leave()
    {
    }

    /// <summary>Called once a number's sheet was read for the first time.</summary>
    protected virtual Task OpenedAsync() => Task.CompletedTask;

    protected override async Task OnParametersSetAsync()
    {
        if (shown != Number)
        {
            shown = Number;
            IsRead = false;
            Leave();
            await LoadAsync();
            await OpenedAsync();
        }
    }

    /// <summary>Reads it again and shows it.</summary>
    protected async Task LoadAsync()
    {
        var number = Number;
        var found = await FindAsync(await Current.GetAsync(), number);
        if (number == Number)
        {
            Show(found);
        }
    }

    /// <summary>Shows what was read.</summary>
    protected void Show(TSheet? found) => (Sheet, IsRead) = (found, true);
}
