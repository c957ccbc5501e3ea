<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>netwright</name>
    <message>
        <source>Mean precision</source>
        <translation>平均精确率</translation>
    </message>
    <message>
        <source>Mean recall</source>
        <translation>平均召回率</translation>
    </message>
    <message>
        <source>Mean F1</source>
        <translation>平均 F1</translation>
    </message>
    <message>
        <source>Mean IoU</source>
        <translation>平均交并比</translation>
    </message>
    <message>
        <source>Area under ROC</source>
        <translation>ROC 曲线下面积</translation>
    </message>
    <message>
        <source>Area under PR</source>
        <translation>PR 曲线下面积</translation>
    </message>
    <message>
        <source>Calibration error</source>
        <translation>校准误差</translation>
    </message>
    <message>
        <source>Root mean squared error</source>
        <translation>均方根误差</translation>
    </message>
    <message>
        <source>Mean absolute error</source>
        <translation>平均绝对误差</translation>
    </message>
    <message>
        <source>R²</source>
        <translation>R²</translation>
    </message>
    <message>
        <source>Mean residual</source>
        <translation>平均残差</translation>
    </message>
    <message>
        <source>Right places</source>
        <translation>正确的位置</translation>
    </message>
    <message>
        <source>Wholly right</source>
        <translation>完全正确</translation>
    </message>
    <message>
        <source>This network has {count} inputs. Try samples of the data: one of your own has only one.</source>
        <translation>此网络有 {count} 个输入。请试用数据中的样本：自己的样本只有一个输入。</translation>
    </message>
</context>
</TS>
