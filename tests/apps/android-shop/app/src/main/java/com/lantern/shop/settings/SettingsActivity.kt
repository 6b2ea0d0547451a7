package com.lantern.shop.settings

import android.content.Intent
import android.os.Bundle
import androidx.appcompat.app.AlertDialog
import androidx.appcompat.app.AppCompatActivity
import com.fullstory.FS
import com.google.firebase.auth.FirebaseAuth
import com.lantern.shop.databinding.ActivitySettingsBinding
import com.lantern.shop.login.LoginActivity

class SettingsActivity : AppCompatActivity() {
    private val binding by lazy { ActivitySettingsBinding.inflate(layoutInflater) }

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        setContentView(binding.root)
        binding.logoutButton.setOnClickListener { confirmLogout() }
    }

    private fun confirmLogout() {
        AlertDialog.Builder(this)
            .setMessage("Log out?")
            .setPositiveButton("Log out") { _, _ -> signOut() }
            .setNegativeButton(android.R.string.cancel, null)
            .show()
    }

    private fun signOut() {
        FirebaseAuth.getInstance().currentUser?.let { user ->
            FS.event("Logged Out", mapOf("user" to user.uid))
            FirebaseAuth.getInstance().signOut()
            FS.anonymize()
        } ?: run { binding.logoutButton.isEnabled = false }
        toLogin()
    }

    private fun toLogin() = startActivity(Intent(this, LoginActivity::class.java)).also { finishAffinity() }
}
