package dev.sluice.deploy.deployment;

import dev.sluice.engine.descriptor.WebApplication;
import dev.sluice.engine.security.Constraints;

/**
 * What a web application says about itself.
 *
 * @param descriptor web.xml, its fragments and annotations, and context parameters of the configuration, merged
 * @param constraints what is in force, with what servlets' annotations and code at the start added
 */
public record Anatomy(WebApplication descriptor, Constraints constraints) {}
