package com.lantern.shop.session

import android.app.Activity
import android.content.Intent
import android.os.Handler
import android.os.Looper
import com.fullstory.FS
import com.google.firebase.auth.FirebaseAuth
import com.lantern.shop.login.LoginActivity

private const val LIMIT_MS = 10 * 60 * 1000L

class IdleTimeout(private val activity: Activity) {
    private val handler = Handler(Looper.getMainLooper())
    private val expire = Runnable { onIdleTimeout() }

    fun touch() = with(handler) {
        removeCallbacks(expire)
        postDelayed(expire, LIMIT_MS)
    }

    private fun onIdleTimeout() {
        FS.event("Session Timed Out", emptyMap())
        FirebaseAuth.getInstance().signOut()
        FS.anonymize()
        activity.startActivity(Intent(activity, LoginActivity::class.java))
        activity.finishAffinity()
    }
}
