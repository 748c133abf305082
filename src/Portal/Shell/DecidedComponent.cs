namespace MerchantPortal.Portal.Shell;

/// <summary>
/// A sheet that somebody decides on. Nothing moves under the hand: what changed meanwhile is told and shown when asked
/// for, and until then nothing can be decided.
/// </summary>
/// <typeparam name="TSheet">What is shown of it.</typeparam>
public abstract class DecidedComponent<TSheet> : NumberedComponent<TSheet>
    where TSheet : class
{
    /// <summary>What it has become since it was shown; null while it is the same.</summary>
    protected TSheet? Fresh { get; private set; }

    /// <summary>Whether a decision is on its way.</summary>
    protected bool IsDeciding { get; private set; }

    /// <summary>Whether both show the same to whoever decides.</summary>
    protected abstract bool IsSame(TSheet found, TSheet shown);

    protected override void Leave() => Fresh = null;

    /// <summary>Reads it again and keeps it beside what is shown, where it differs.</summary>
    protected async Task CompareAsync()
    {
        var number = Number;
        if (Sheet is null || IsDeciding)
        {
            return;
        }

        var found = await FindAsync(await Current.GetAsync(), number);
        if (found is not null && number == Number && Sheet is { } shown && !IsDeciding)
        {
            Fresh = IsSame(found, shown) ? null : found;
        }
    }

    /// <summary>Shows what it has become.</summary>
    protected void ShowFresh()
    {
        Show(Fresh);
        Leave();
    }

    /// <summary>Does one thing at a time; a second press while it runs does nothing.</summary>
    protected async Task DecideOnceAsync(Func<Task> decide)
    {
        if (IsDeciding)
        {
            return;
        }

        IsDeciding = true;
        try
        {
            await decide();
        }
        finally
        {
            IsDeciding = false;
        }
    }
}
