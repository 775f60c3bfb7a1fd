/** What an application's classes declare: annotations, and the types that container initializers ask for, found with Jandex. */
@NullMarked
package dev.sluice.war.annotation;

import org.jspecify.annotations.NullMarked;
