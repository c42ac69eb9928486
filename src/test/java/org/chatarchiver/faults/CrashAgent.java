package org.chatarchiver.faults;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Collection;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatchers;

/** Puts crash points into classes while they are loaded, so that the archiver's own code holds none. */
final class CrashAgent {
    private CrashAgent() {}

    /** The point that a piece of advice stands for. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Point {}

    /** Before a method's own code. */
    static final class Before {
        private Before() {}

        @Advice.OnMethodEnter
        static void met(@Point String name) {
            Crash.met(name);
        }
    }

    /** When a method returns, and not when it throws. */
    static final class Behind {
        private Behind() {}

        @Advice.OnMethodExit
        static void met(@Point String name) {
            Crash.met(name);
        }
    }

    /** To be called before any of the archiver's classes is loaded. */
    static void install(Collection<CrashPoint> points) {
        if (points.isEmpty()) {
            return;
        }
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(AgentBuilder.Listener.StreamWriting.toSystemError().withErrorsOnly())
                .type(ElementMatchers.namedOneOf(
                        points.stream().map(CrashPoint::owner).distinct().toArray(String[]::new)))
                .transform((builder, type, loader, module, domain) -> {
                    DynamicType.Builder<?> changed = builder;
                    for (CrashPoint point : points) {
                        if (point.owner().equals(type.getName())) {
                            changed = changed.visit(advice(point));
                        }
                    }
                    return changed;
                })
                .installOn(ByteBuddyAgent.install());
    }

    private static AsmVisitorWrapper advice(CrashPoint point) {
        Class<?> side = point.side() == CrashPoint.Side.BEFORE ? Before.class : Behind.class;
        return Advice.withCustomMapping()
                .bind(Point.class, point.name())
                .to(side)
                .on(ElementMatchers.named(point.method()).and(ElementMatchers.not(ElementMatchers.isAbstract())));
    }
}
