"""Codes of the remarks a finding may carry; their words are in ``notes.toml``."""

CODES = frozenset(
    {
        "MISSING",  # we do not hold the set: {set}, {why}
        "FAILED",  # the set could not be read: {set}, {why}
        "OFFICE",  # the office leaves the rule out: {title}
        "BETTER",  # an official line stands for the rule: {title}
        "FALLBACK",  # no official line: another rule is asked: {title}
        "NO_SETTING",  # a parameter of the office is blank: {title}
        "NO_USE",  # the rule depends on a use that was not said
        "OTHER_USE",  # the rule does not concern the use: {use}
        "NO_CLASS",  # features near do not say their class: {count}, {columns}
        "NO_CLASS_AT_ALL",  # no feature of the set says its class: {columns}
        "TOO_WEAK",  # features below the grade the rule asks for were not used: {count}
        "SYMBOLS",  # points or lines that have no extent were not used: {count}
        "NOT_COVERED",  # part of the site lies outside the set: {m2}
        "NOT_COVERED_NEAR",  # the site lies within the set, not all that is looked at near it: {m}
        "COVER_UNSAID",  # nobody said what area the set covers completely
        "NO_VALUE",  # features under the site lack the value: {count}
        "REPEALED",  # the rule is repealed on the day
        "NOT_YET",  # the rule does not bind yet on the day
        "REVISED",  # the rule binds and is being revised
        "UNDATED",  # we do not know from when the rule is in force
        "SECOND_SET",  # the rule fell back on another set: {set}
        "SIDE_UNKNOWN",  # a line was given where an area is needed
        "CASE",  # fits only after a case of its own: {count}
        "SLOPE",  # {mean}, {max}
        "GAPS",  # cells without value under the site: {pct}
        "SMALL_PIECES",  # slivers that together are no sliver: {count}
    }
)
