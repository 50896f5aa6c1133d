"""The profiles: which sets of rules a run can choose by one word."""

PROFILES = {
    "recommended": "what is wrong whatever one's opinion, and what most teams want to hear; the default",
    "pss-baseline": "the Pod Security Standard baseline",
    "pss-restricted": "the Pod Security Standard restricted, baseline included",
    "pedantic": "everything, contested opinions included",
}
