package dev.parley.settings;

/** How visitors show who they are. */
public enum AuthMode {
    /** They need not. */
    NONE,
    /** By the password of the page, in its login form. */
    PASSWORD,
    /** By an access token, or by one for a conversation that the backend of a site has requested. */
    TOKEN,
    /** By a JSON Web Token of the operator's identity provider. */
    JWT,
    /** By a header that a trusted proxy sets. */
    PROXY
}
