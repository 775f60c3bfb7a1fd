package dev.sluice.deploy.configuration;

import dev.sluice.engine.security.LoginThrottle;
import dev.sluice.engine.security.SecurityOptions;
import dev.sluice.engine.security.WaitingLogins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The part of the table of keys that is about users and how they log in to web applications. */
public final class LoginKeys {
    private static final List<Key<?>> TABLE = new ArrayList<>();
    private static final LoginThrottle.Options THROTTLE = LoginThrottle.Options.DEFAULT;

    /** The users. */
    public static final Key<String> USERS_FILE = key(
            "users-file",
            ValueType.TEXT,
            "",
            "The file with the users that may log in to web applications; it is read again when it changes; empty for no users.");

    /** The driver of the users' database. */
    public static final Key<String> REALM_JDBC_DRIVER = key(
            "realm.jdbc.driver",
            ValueType.TEXT,
            "",
            "The class of the java.sql.Driver or javax.sql.DataSource of the users' database; its jar lies in lib/ext of the installation.");

    /** The URL of the users' database. */
    public static final Key<String> REALM_JDBC_URL = key(
            "realm.jdbc.url",
            ValueType.TEXT,
            "",
            "The JDBC URL of a database with the users, instead of users-file; empty for none.");

    /** The user of the users' database. */
    public static final Key<String> REALM_JDBC_USER =
            key("realm.jdbc.user", ValueType.TEXT, "", "The database's user; empty for none.");

    /** The password of the users' database. */
    public static final Key<String> REALM_JDBC_PASSWORD =
            key("realm.jdbc.password", ValueType.SECRET, "", "The database user's password. " + Keys.SECRETS);

    /** How a password is asked for. */
    public static final Key<String> REALM_JDBC_PASSWORD_QUERY = key(
            "realm.jdbc.password-query",
            ValueType.TEXT,
            "select password from users where name = ?",
            "Gives the hash of a user's password, of the kinds that a users-file has; its one parameter is the user's name.");

    /** How roles are asked for. */
    public static final Key<String> REALM_JDBC_ROLES_QUERY = key(
            "realm.jdbc.roles-query",
            ValueType.TEXT,
            "select role from user_roles where name = ?",
            "Gives a row with each role of a user; its one parameter is the user's name.");

    /** The directory of the users. */
    public static final Key<String> REALM_LDAP_URL = key(
            "realm.ldap.url",
            ValueType.TEXT,
            "",
            "The URL of an LDAP directory with the users, such as ldaps://directory.example:636, instead of users-file; empty for none.");

    /** The account that searches. */
    public static final Key<String> REALM_LDAP_BIND_NAME = key(
            "realm.ldap.bind-name",
            ValueType.TEXT,
            "",
            "The distinguished name of the account that searches; empty for anonymous.");

    /** The password of the account that searches. */
    public static final Key<String> REALM_LDAP_BIND_PASSWORD =
            key("realm.ldap.bind-password", ValueType.SECRET, "", "The password of that account. " + Keys.SECRETS);

    /** Where users are. */
    public static final Key<String> REALM_LDAP_USER_BASE =
            key("realm.ldap.user-base", ValueType.TEXT, "", "Where users are searched, such as ou=people,dc=example.");

    /** How users are found. */
    public static final Key<String> REALM_LDAP_USER_FILTER = key(
            "realm.ldap.user-filter", ValueType.TEXT, "(uid={0})", "Finds a user; {0} is the name that was entered.");

    /** Where roles are. */
    public static final Key<String> REALM_LDAP_ROLE_BASE =
            key("realm.ldap.role-base", ValueType.TEXT, "", "Where roles are searched, such as ou=groups,dc=example.");

    /** How roles are found. */
    public static final Key<String> REALM_LDAP_ROLE_FILTER = key(
            "realm.ldap.role-filter",
            ValueType.TEXT,
            "(member={0})",
            "Finds the roles of a user; {0} is the distinguished name of the user, {1} the name that was entered.");

    /** What a role is called. */
    public static final Key<String> REALM_LDAP_ROLE_ATTRIBUTE =
            key("realm.ldap.role-attribute", ValueType.TEXT, "cn", "The attribute that names a role.");

    /** How long the directory may take. */
    public static final Key<Duration> REALM_LDAP_TIMEOUT = key(
            "realm.ldap.timeout",
            ValueType.TIME,
            Duration.ofSeconds(5),
            "How long the directory may take to connect, and for each answer.");

    /** Body of a request that waits for a login. */
    public static final Key<Long> LOGIN_SAVED_BODY = key(
            "login.saved-body",
            ValueType.SIZE_IN_BYTES,
            (long) SecurityOptions.DEFAULT.maxSavedBody(),
            "The body of a request that waits for a login by FORM; beyond it 413.");

    /** Requests that wait for a login. */
    public static final Key<Integer> LOGIN_WAITING = key(
            "login.waiting",
            ValueType.number(1, 10_000_000),
            WaitingLogins.Limits.DEFAULT.most(),
            "Requests, each with its session, that wait for a login by FORM in all applications; with more, the oldest goes.");

    /** Bytes that wait for a login. */
    public static final Key<Long> LOGIN_WAITING_BYTES = key(
            "login.waiting-bytes",
            ValueType.SIZE_IN_BYTES,
            WaitingLogins.Limits.DEFAULT.bytes(),
            "What all these requests may hold in memory together.");

    /** How long a login is waited for. */
    public static final Key<Duration> LOGIN_WAITING_TIME = key(
            "login.waiting-time",
            ValueType.TIME,
            SecurityOptions.DEFAULT.loginTime(),
            "How long a session that was made for a login may be idle until somebody has logged in.");

    /** Failures of a user from one address. */
    public static final Key<Integer> LOGIN_FAILURES_OF_PAIR = key(
            "login.failures-per-user-and-address",
            ValueType.number(0, 1_000_000),
            THROTTLE.perUserAndAddress(),
            "Wrong passwords of one user from one address until the user is locked out there for a while; 0 for never.");

    /** Failures of a user. */
    public static final Key<Integer> LOGIN_FAILURES_OF_USER = key(
            "login.failures-per-user",
            ValueType.number(0, 1_000_000),
            THROTTLE.perUser(),
            "Wrong passwords of one user from anywhere until the user is locked out for a while, except from addresses where that user has"
                    + " logged in before; 0 for never.");

    /** Failures of an address. */
    public static final Key<Integer> LOGIN_FAILURES_OF_ADDRESS = key(
            "login.failures-per-address",
            ValueType.number(0, 1_000_000),
            THROTTLE.perAddress(),
            "Wrong passwords from one address until it is slowed down, except for users who have logged in from there before; 0 for never.");

    /** The longest lock. */
    public static final Key<Duration> LOGIN_LONGEST_LOCK = key(
            "login.longest-lock",
            ValueType.TIME,
            THROTTLE.longestLock(),
            "How long a user is locked out at most: the first time for a second, and twice as long after each further wrong password. After so"
                    + " long without one all are forgotten.");

    /** Whether DIGEST takes MD5. */
    public static final Key<Boolean> LOGIN_DIGEST_MD5 = key(
            "login.digest-md5",
            ValueType.SWITCH,
            SecurityOptions.DEFAULT.md5(),
            "Whether DIGEST offers MD5 beside SHA-256, for clients that know nothing else; MD5 is weak.");

    private LoginKeys() {}

    private static <T> Key<T> key(String name, ValueType<T> type, T absent, String description) {
        Key<T> key = new Key<>(name, type, absent, description);
        TABLE.add(key);
        return key;
    }

    static List<Key<?>> all() {
        return List.copyOf(TABLE);
    }
}
