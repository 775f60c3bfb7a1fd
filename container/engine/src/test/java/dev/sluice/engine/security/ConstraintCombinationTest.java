package dev.sluice.engine.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.descriptor.SecurityConstraint;
import dev.sluice.engine.descriptor.SecurityConstraint.ResourceCollection;
import dev.sluice.engine.descriptor.SecurityConstraint.Transport;
import dev.sluice.engine.security.Decision.Access;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Servlet 6.1, 13.8: how constraints on one pattern are combined, and which pattern counts. */
class ConstraintCombinationTest {
    private static final Set<String> ROLES = Set.of("clerk", "boss");

    private static SecurityConstraint constraint(
            @Nullable Set<String> roles,
            Transport transport,
            Set<String> methods,
            Set<String> omissions,
            String... patterns) {
        return new SecurityConstraint(
                List.of(new ResourceCollection("c", List.of(patterns), methods, omissions)), roles, transport);
    }

    private static SecurityConstraint all(@Nullable Set<String> roles, String... patterns) {
        return constraint(roles, Transport.NONE, Set.of(), Set.of(), patterns);
    }

    private static Decision decide(String path, String method, SecurityConstraint... constraints) {
        return new Constraints(List.of(constraints), false, ROLES).decide(path, method);
    }

    @Nested
    class Roles {
        @Test
        void unionOfRoles() {
            Decision decision = decide("/a", "GET", all(Set.of("clerk"), "/a"), all(Set.of("boss"), "/a"));
            assertThat(decision.access()).isEqualTo(Access.ROLES);
            assertThat(decision.roles()).containsExactlyInAnyOrder("clerk", "boss");
        }

        @Test
        void aConstraintWithoutRolesOpens() {
            assertThat(decide("/a", "GET", all(Set.of("clerk"), "/a"), all(null, "/a"))
                            .access())
                    .isEqualTo(Access.EVERYBODY);
        }

        @Test
        void aConstraintThatNamesNobodyOverridesAll() {
            assertThat(decide("/a", "GET", all(null, "/a"), all(Set.of(), "/a")).access())
                    .isEqualTo(Access.NOBODY);
        }

        @Test
        void starIsEveryDeclaredRole() {
            assertThat(decide("/a", "GET", all(Set.of("*"), "/a")).roles()).isEqualTo(ROLES);
        }

        @Test
        void twoStarsAreAnyAuthenticatedUser() {
            assertThat(decide("/a", "GET", all(Set.of("**"), "/a"), all(Set.of("boss"), "/a"))
                            .access())
                    .isEqualTo(Access.AUTHENTICATED);
        }

        @Test
        void aDeclaredRoleOfTwoStarsIsARole() {
            Decision decision =
                    new Constraints(List.of(all(Set.of("**"), "/a")), false, Set.of("**")).decide("/a", "GET");
            assertThat(decision.access()).isEqualTo(Access.ROLES);
            assertThat(decision.roles()).containsExactly("**");
        }
    }

    @Nested
    class Methods {
        /** Tomcat's CVE-2026-43515: only the first collection's methods were enforced. */
        @Test
        void everyCollectionCounts() {
            SecurityConstraint two = new SecurityConstraint(
                    List.of(
                            new ResourceCollection("1", List.of("/a"), Set.of("GET"), Set.of()),
                            new ResourceCollection("2", List.of("/a"), Set.of("POST"), Set.of())),
                    Set.of("boss"),
                    Transport.NONE);
            assertThat(decide("/a", "GET", two).access()).isEqualTo(Access.ROLES);
            assertThat(decide("/a", "POST", two).access()).isEqualTo(Access.ROLES);
            assertThat(decide("/a", "PUT", two)).isEqualTo(Decision.OPEN);
        }

        @Test
        void omittedMethodsAreOpen() {
            SecurityConstraint allButGet = constraint(Set.of(), Transport.NONE, Set.of(), Set.of("GET"), "/a");
            assertThat(decide("/a", "GET", allButGet)).isEqualTo(Decision.OPEN);
            assertThat(decide("/a", "BREW", allButGet).access()).isEqualTo(Access.NOBODY);
        }

        @Test
        void methodsAreCaseSensitive() {
            SecurityConstraint get = constraint(Set.of("boss"), Transport.NONE, Set.of("GET"), Set.of(), "/a");
            assertThat(new Constraints(List.of(get), true, ROLES).decide("/a", "get"))
                    .isEqualTo(Decision.PRECLUDED);
        }

        @Test
        void uncoveredMethodsAreRefusedOnDemandAndReported() {
            SecurityConstraint get = constraint(Set.of("boss"), Transport.NONE, Set.of("GET"), Set.of(), "/a");
            SecurityConstraint rest = constraint(Set.of("boss"), Transport.NONE, Set.of(), Set.of("GET", "PUT"), "/b");
            Constraints constraints = new Constraints(List.of(get, rest), true, ROLES);
            assertThat(constraints.decide("/a", "DELETE").access()).isEqualTo(Access.NOBODY);
            assertThat(constraints.decide("/elsewhere", "DELETE")).isEqualTo(Decision.OPEN);
            assertThat(constraints.uncovered())
                    .containsEntry("/a", "all but GET")
                    .containsEntry("/b", "GET, PUT");
        }
    }

    @Nested
    class Connections {
        @Test
        void unprotectedIfOneConstraintAcceptsIt() {
            SecurityConstraint secret = constraint(Set.of("boss"), Transport.CONFIDENTIAL, Set.of(), Set.of(), "/a");
            assertThat(decide("/a", "GET", secret).confidential()).isTrue();
            assertThat(decide("/a", "GET", secret, all(Set.of("clerk"), "/a")).confidential())
                    .isFalse();
        }
    }

    @Nested
    class Patterns {
        @Test
        void onlyTheBestPatternCounts() {
            SecurityConstraint[] constraints = {
                all(Set.of("root"), "/*"),
                all(Set.of("shop"), "/shop/*"),
                all(Set.of("cart"), "/shop/cart/*"),
                all(Set.of("exact"), "/shop/cart/pay"),
                all(Set.of("extension"), "*.do"),
                all(Set.of("default"), "/")
            };
            assertThat(decide("/shop/cart/pay", "GET", constraints).roles()).containsExactly("exact");
            assertThat(decide("/shop/cart/pay/x", "GET", constraints).roles()).containsExactly("cart");
            assertThat(decide("/shop/carts", "GET", constraints).roles()).containsExactly("shop");
            assertThat(decide("/shop", "GET", constraints).roles()).containsExactly("shop");
            assertThat(decide("/x.do", "GET", constraints).roles()).containsExactly("root");
        }

        @Test
        void extensionBeforeDefault() {
            SecurityConstraint[] constraints = {all(Set.of("extension"), "*.do"), all(Set.of("default"), "/")};
            assertThat(decide("/x.do", "GET", constraints).roles()).containsExactly("extension");
            assertThat(decide("/x", "GET", constraints).roles()).containsExactly("default");
        }
    }
}
