#pragma once

#include <QString>
#include <QStringList>

namespace kwup {

/// Writes one self-contained page; every text is escaped here, so callers cannot forget it. Empty
/// paragraphs, lists and preformatted texts write nothing.
class HtmlWriter {
public:
    explicit HtmlWriter(const QString &title);

    void heading(int level, const QString &text);
    void paragraph(const QString &text);
    void list(const QStringList &items);
    void preformatted(const QString &text);
    void beginTable(const QStringList &headers);
    void row(const QStringList &cells); ///< line feeds in a cell become line breaks
    void endTable();
    void beginDetails(const QString &summary);
    void endDetails();

    QString finished(); ///< call once, last

private:
    QString m_html;
};

} // namespace kwup
