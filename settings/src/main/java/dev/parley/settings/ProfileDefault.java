package dev.parley.settings;

/** A setting's default in a {@link Profile}, and the reason for it. */
record ProfileDefault(String setting, String value, String why) {}
