package dev.parley.app.config;

/** A setting's value in a {@link Profile}, and why. */
record Choice(String setting, String value, String why) {}
