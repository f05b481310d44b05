/** A stranger's bundle: a backend and a verb. Imports nothing of Froggr but its API. */
package org.example.hello;
