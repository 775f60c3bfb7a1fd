/** What a management console is and sees: the seam between the server and the module that shows it. */
@NullMarked
package dev.sluice.deploy.management;

import org.jspecify.annotations.NullMarked;
