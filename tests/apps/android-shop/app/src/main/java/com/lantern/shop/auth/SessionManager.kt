package com.lantern.shop.auth

import com.fullstory.FS
import com.google.firebase.auth.FirebaseAuth
import javax.inject.Inject
import javax.inject.Singleton

enum class LogoutReason { USER, FORCED }

/** Who is signed in, and the one right way to end it. */
@Singleton
class SessionManager @Inject constructor(
    private val auth: FirebaseAuth,
    private val tokens: TokenStore,
) {
    suspend fun login(email: String, password: String): Boolean {
        val user = auth.signIn(email, password) ?: return false
        tokens.save(user.token)
        FS.identify(user.uid, mapOf("displayName" to user.name))
        return true
    }

    suspend fun logout(reason: LogoutReason = LogoutReason.USER) {
        FS.event("Logged Out", mapOf("reason" to reason.name))
        runCatching { tokens.revoke() }.onFailure { FS.log(FS.LogLevel.WARN, "revoke: ${it.message}") }
        tokens.clear()
        auth.signOut()
        FS.anonymize()
    }
}
