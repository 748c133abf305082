namespace MerchantPortal.Portal.Ui;

/// <summary>What a table knows of one of its columns.</summary>
public sealed record DataColumnFacts(string Key, string Title, bool Pickable);
