package com.lantern.shop.catalog

import android.os.Bundle
import androidx.activity.ComponentActivity
import com.fullstory.FS

class CatalogActivity : ComponentActivity() {
    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        FS.anonymize()
    }
}
