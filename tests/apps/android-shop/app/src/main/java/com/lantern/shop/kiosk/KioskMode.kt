package com.lantern.shop.kiosk

import androidx.navigation.NavController
import com.fullstory.FS
import com.google.firebase.auth.FirebaseAuth

/** The tablet on the counter: each shopper's session ends when the basket is paid. */
object KioskMode {
    fun endSession(navController: NavController, items: Int) {
        FirebaseAuth.getInstance().signOut()
        FS.anonymize()
        FS.event("Kiosk Session Ended", mapOf("items" to items))
        navController.navigate("welcome")
    }
}
