package org.chatarchiver.api;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How many rows one answer may have. */
@Min(1) @Max(1000) @Constraint(validatedBy = {})
@ReportAsSingleViolation
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@interface Limit {
    String message() default "must be from 1 to 1000";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
