package dev.sluice.engine.security;

import java.time.Duration;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.Set;
import javax.naming.AuthenticationException;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;
import org.jspecify.annotations.Nullable;

/**
 * Users of an LDAP directory: the entry of the user is searched with the container's own account, the password is
 * checked by a bind as that entry, and the roles are searched by the entry's name. Only attributes are read, never Java
 * objects, and no referral is followed. Safe for use by many threads.
 */
@SuppressWarnings("BanJNDI") // nothing is looked up by name, and setReturningObjFlag(false) keeps objects out
public final class LdapRealm implements Realm {
    private final Options options;

    public LdapRealm(Options options) {
        this.options = options;
    }

    /**
     * Where the directory is and how it is laid out.
     *
     * @param url such as {@code ldaps://directory.example:636}
     * @param bindName the account that searches; empty: anonymous
     * @param userFilter with {@code {0}} for the user's name
     * @param roleFilter with {@code {0}} for the name of the user's entry and {@code {1}} for the user's name
     * @param roleAttribute the attribute of a role's entry that names the role
     * @param timeout for connecting, and for each answer
     */
    public record Options(
            String url,
            String bindName,
            String bindPassword,
            String userBase,
            String userFilter,
            String roleBase,
            String roleFilter,
            String roleAttribute,
            Duration timeout) {

        @Override
        public String toString() {
            return "LDAP directory " + url;
        }
    }

    @Override
    public @Nullable User authenticate(String name, String password) throws RealmException {
        // RFC 4513, 5.1.2: a bind without a password succeeds without checking anything
        if (name.isEmpty() || password.isEmpty()) {
            return null;
        }
        try {
            InitialDirContext directory = connect(options.bindName, options.bindPassword);
            try {
                String entry = entry(directory, name);
                if (entry == null || !binds(entry, password)) {
                    return null;
                }
                return User.of(name, roles(directory, entry, name));
            } finally {
                directory.close();
            }
        } catch (NamingException e) {
            throw new RealmException(options + " cannot be asked", e);
        }
    }

    private @Nullable String entry(InitialDirContext directory, String name) throws NamingException {
        NamingEnumeration<SearchResult> found =
                directory.search(options.userBase, options.userFilter, new Object[] {name}, controls());
        try {
            String entry = found.hasMore() ? found.next().getNameInNamespace() : null;
            return found.hasMore() ? null : entry;
        } finally {
            found.close();
        }
    }

    private boolean binds(String entry, String password) throws NamingException {
        try {
            connect(entry, password).close();
            return true;
        } catch (AuthenticationException wrongPassword) {
            return false;
        }
    }

    private Set<String> roles(InitialDirContext directory, String entry, String name) throws NamingException {
        Set<String> roles = new HashSet<>();
        NamingEnumeration<SearchResult> found =
                directory.search(options.roleBase, options.roleFilter, new Object[] {entry, name}, controls());
        try {
            while (found.hasMore()) {
                Attribute attribute = found.next().getAttributes().get(options.roleAttribute);
                for (int i = 0; attribute != null && i < attribute.size(); i++) {
                    roles.add(attribute.get(i).toString());
                }
            }
        } finally {
            found.close();
        }
        return roles;
    }

    private SearchControls controls() {
        SearchControls controls = new SearchControls();
        controls.setSearchScope(SearchControls.SUBTREE_SCOPE);
        controls.setReturningObjFlag(false);
        controls.setTimeLimit((int) options.timeout.toMillis());
        return controls;
    }

    private InitialDirContext connect(String account, String password) throws NamingException {
        Hashtable<String, Object> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
        environment.put(Context.PROVIDER_URL, options.url);
        environment.put("com.sun.jndi.ldap.connect.timeout", Long.toString(options.timeout.toMillis()));
        environment.put("com.sun.jndi.ldap.read.timeout", Long.toString(options.timeout.toMillis()));
        environment.put(Context.REFERRAL, "ignore");
        environment.put(Context.SECURITY_AUTHENTICATION, account.isEmpty() ? "none" : "simple");
        if (!account.isEmpty()) {
            environment.put(Context.SECURITY_PRINCIPAL, account);
            environment.put(Context.SECURITY_CREDENTIALS, password);
        }
        return new InitialDirContext(environment);
    }

    @Override
    public String toString() {
        return options.toString();
    }
}
