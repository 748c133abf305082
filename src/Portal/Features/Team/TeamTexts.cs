namespace MerchantPortal.Portal.Features.Team;

/// <summary>Marks the texts of the team: TeamTexts.resx and its two Chinese siblings.</summary>
public sealed class TeamTexts;
