package dev.parley.app.config;

/** A setting's default in a {@link Profile}, and the reason for it. */
record ProfileDefault(String setting, String value, String why) {}
