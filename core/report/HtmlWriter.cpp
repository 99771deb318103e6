#include "core/report/HtmlWriter.h"

#include <QLocale>

namespace kwup {

namespace {

constexpr auto Style = R"(
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; max-width: 70em; margin: 2em auto; padding: 0 1em; }
table { border-collapse: collapse; width: 100%; margin: .5em 0 1.5em; }
th, td { border: 1px solid #8886; padding: .3em .6em; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
th { background: #8882; }
pre { background: #8881; padding: .6em; overflow-x: auto; white-space: pre-wrap; }
summary { cursor: pointer; padding: .2em 0; }
@media print { details { display: block; } }
)";

} // namespace

HtmlWriter::HtmlWriter(const QString &title)
{
    m_html =
        QStringLiteral("<!DOCTYPE html>\n<html lang=\"%1\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<title>%2</title>\n<style>%3</style>\n</head>\n<body>\n")
            .arg(QLocale().bcp47Name(), title.toHtmlEscaped(), QString::fromLatin1(Style));
}

void HtmlWriter::heading(int level, const QString &text)
{
    m_html += QStringLiteral("<h%1>%2</h%1>\n").arg(QString::number(level), text.toHtmlEscaped());
}

void HtmlWriter::paragraph(const QString &text)
{
    if (!text.isEmpty())
        m_html += QStringLiteral("<p>%1</p>\n").arg(text.toHtmlEscaped());
}

void HtmlWriter::list(const QStringList &items)
{
    if (items.isEmpty())
        return;
    m_html += QStringLiteral("<ul>\n");
    for (const QString &item : items)
        m_html += QStringLiteral("<li>%1</li>\n").arg(item.toHtmlEscaped());
    m_html += QStringLiteral("</ul>\n");
}

void HtmlWriter::preformatted(const QString &text)
{
    if (!text.trimmed().isEmpty())
        m_html += QStringLiteral("<pre>%1</pre>\n").arg(text.toHtmlEscaped());
}

void HtmlWriter::beginTable(const QStringList &headers)
{
    m_html += QStringLiteral("<table>\n<thead><tr>");
    for (const QString &header : headers)
        m_html += QStringLiteral("<th scope=\"col\">%1</th>").arg(header.toHtmlEscaped());
    m_html += QStringLiteral("</tr></thead>\n<tbody>\n");
}

void HtmlWriter::row(const QStringList &cells)
{
    m_html += QStringLiteral("<tr>");
    for (const QString &cell : cells) {
        QString escaped = cell.toHtmlEscaped();
        escaped.replace(u'\n', QStringLiteral("<br>"));
        m_html += QStringLiteral("<td>") + escaped + QStringLiteral("</td>");
    }
    m_html += QStringLiteral("</tr>\n");
}

void HtmlWriter::endTable()
{
    m_html += QStringLiteral("</tbody>\n</table>\n");
}

void HtmlWriter::beginDetails(const QString &summary)
{
    m_html += QStringLiteral("<details><summary>%1</summary>\n").arg(summary.toHtmlEscaped());
}

void HtmlWriter::endDetails()
{
    m_html += QStringLiteral("</details>\n");
}

QString HtmlWriter::finished()
{
    return m_html + QStringLiteral("</body>\n</html>\n");
}

} // namespace kwup
