package dev.sluice.benchmarks.fork.stress;

import dev.sluice.fork.ForkOptions;
import dev.sluice.fork.Forks;
import dev.sluice.fork.Template;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The stress tests, one nested class each. */
public final class ForkStress {
    private ForkStress() {}

    private static Template<List<int[]>> published() {
        List<int[]> root = new ArrayList<>();
        root.add(new int[] {42});
        return Template.of("state", root, ForkOptions.defaults());
    }

    /** A template handed over through a plain field is complete for whoever sees it. */
    @JCStressTest
    @State
    @Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "not seen yet")
    @Outcome(id = "42", expect = Expect.ACCEPTABLE, desc = "seen, and its forks are complete")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a template or a fork that is not complete")
    public static class RacyPublication {
        Template<List<int[]>> template;

        @Actor
        public void publish() {
            template = published();
        }

        @Actor
        public void fork(I_Result result) {
            Template<List<int[]>> seen = template;
            result.r1 = seen == null ? -1 : seen.fork().get(0)[0];
        }
    }

    /** Two threads of one request get one fork: what both add is there in the end. */
    @JCStressTest
    @State
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "both got the same, complete fork")
    @Outcome(expect = Expect.FORBIDDEN, desc = "two forks for one request, or an incomplete one")
    public static class OneForkPerRequest {
        private static final Template<List<int[]>> TEMPLATE = published();
        private final Forks request = Forks.forRequest();
        private final Object[] seen = new Object[2];

        @Actor
        public void one() {
            seen[0] = request.get(TEMPLATE);
        }

        @Actor
        public void two() {
            seen[1] = request.forTask().get(TEMPLATE);
        }

        @org.openjdk.jcstress.annotations.Arbiter
        public void compare(II_Result result) {
            result.r1 = seen[0] == seen[1] ? 1 : 0;
            result.r2 = request.get(TEMPLATE).get(0)[0] == 42 ? 1 : 0;
        }
    }

    /** Two requests that fork and change at once do not see each other. */
    @JCStressTest
    @State
    @Outcome(id = "43, 43", expect = Expect.ACCEPTABLE, desc = "each counts alone")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one request saw the other")
    public static class IsolatedRequests {
        private static final Template<List<int[]>> TEMPLATE = published();

        @Actor
        public void one(II_Result result) {
            result.r1 = ++TEMPLATE.fork().get(0)[0];
        }

        @Actor
        public void two(II_Result result) {
            result.r2 = ++TEMPLATE.fork().get(0)[0];
        }
    }
}
