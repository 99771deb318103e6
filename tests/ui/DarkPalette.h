#pragma once

#include <QPalette>

namespace kwup::test {

/// For pictures of the window as a dark desktop shows it.
inline QPalette darkPalette()
{
    QPalette palette(QColor(45, 45, 48), QColor(37, 37, 40));
    palette.setColor(QPalette::Base, QColor(30, 30, 32));
    palette.setColor(QPalette::AlternateBase, QColor(40, 40, 43));
    palette.setColor(QPalette::Text, QColor(220, 220, 220));
    palette.setColor(QPalette::PlaceholderText, QColor(150, 150, 150));
    palette.setColor(QPalette::Highlight, QColor(60, 120, 200));
    return palette;
}

} // namespace kwup::test
